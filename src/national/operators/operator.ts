/** The words of the operators room. */
export interface Operator {
  readonly id: string;
  readonly username: string;
  readonly name: string;
}
