/** The text of a style sheet, minified (see css-as-text.mjs). */
declare module "*.css" {
  const text: string;
  export default text;
}
