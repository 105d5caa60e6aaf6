declare module "*.Dockerfile" {
  const text: string;
  export default text;
}
