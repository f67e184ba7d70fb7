declare module "libheif-js/libheif-wasm/libheif-bundle.mjs" {
  interface HeifImage {
    get_width(): number;
    get_height(): number;
    is_primary(): boolean;
    display(
      image: {data: {set(values: Uint8Array, at?: number): void}; width: number; height: number},
      done: (shown: unknown) => void
    ): void;
    free(): void;
  }
  export default function load(): {HeifDecoder: new () => {decode(bytes: Uint8Array): HeifImage[]}};
}

declare module "@cornerstonejs/codec-openjpeg/decode" {
  interface FrameInfo {
    width: number;
    height: number;
    bitsPerSample: number;
    componentCount: number;
    isSigned: boolean;
  }
  interface Decoder {
    getEncodedBuffer(length: number): Uint8Array;
    decode(): void;
    getFrameInfo(): FrameInfo;
    getDecodedBuffer(): Uint8Array;
    delete(): void;
  }
  export default function load(options: object): Promise<{J2KDecoder: new () => Decoder}>;
}
