/** An array of at least `length`, kept between calls; its contents are whatever was left in it. */
export function scratch(): (length: number) => Float64Array {
  let array = new Float64Array(0);
  return (length) => {
    if (array.length < length) array = new Float64Array(length);
    return array;
  };
}
