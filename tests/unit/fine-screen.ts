// Plot shifts its lines by half a pixel on a coarse screen; drawings are compared as a fine one shows them.
if ("window" in globalThis) Object.assign(window, {devicePixelRatio: 2});
