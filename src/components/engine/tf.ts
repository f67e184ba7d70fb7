// The only import of tfjs in what the browser runs. The flat bundle is used because the package's own entry breaks
// when Framework bundles it module by module (its CommonJS seedrandom loses its name).
export * from "@tensorflow/tfjs/dist/tf.fesm.min.js";
