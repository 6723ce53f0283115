/** Numbers of people, in part: for lists, logs and pages over somebody's shoulder. Used by the browser too. */

/** `0869xxx603` as the sources show a phone number. */
export function maskPhone(phone: string): string {
  return phone.length < 7 ? "xxx" : `${phone.slice(0, 4)}xxx${phone.slice(-3)}`;
}

/** `079•••••1234`: identity numbers in lists and logs. */
export function maskIdentity(number: string): string {
  return number.length < 8 ? "•••" : `${number.slice(0, 3)}${"•".repeat(number.length - 7)}${number.slice(-4)}`;
}
