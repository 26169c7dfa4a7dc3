/** What the bundle says for `Object.hasOwn`, which came with Chromium 93 and which noble uses. */
export const hasOwn = (object, key) => Object.prototype.hasOwnProperty.call(object, key);
