/** How good a score is, for its colour. */
export function band(total: number): "high" | "middle" | "low" {
  if (total >= 80) return "high";
  return total >= 50 ? "middle" : "low";
}
