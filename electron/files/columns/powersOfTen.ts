/** Powers of ten that are exact, so that a quotient of exact numbers is correctly rounded (Clinger 1990). */
export const powersOfTen = Float64Array.from({ length: 23 }, (_, power) => 10 ** power);
