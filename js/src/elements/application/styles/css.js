/** Marks a template as a style sheet, for editors and formatters. */
export const css = String.raw;
