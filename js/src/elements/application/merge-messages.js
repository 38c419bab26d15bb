/**
 * The messages of several drafts. In the sources they come with all others; the bundle has them
 * in the chunk that needs them.
 * @type {object[]}
 */
export const messages = [];
