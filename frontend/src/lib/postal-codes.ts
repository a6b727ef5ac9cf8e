/**
 * The first two digits of a postal code tell the state (Correos de México): the last pair of each
 * state, in order, with its INEGI code.
 */
const LAST_OF: readonly (readonly [number, string])[] = [
  [16, '09'],
  [20, '01'],
  [22, '02'],
  [23, '03'],
  [24, '04'],
  [27, '05'],
  [28, '06'],
  [30, '07'],
  [33, '08'],
  [35, '10'],
  [38, '11'],
  [41, '12'],
  [43, '13'],
  [49, '14'],
  [57, '15'],
  [61, '16'],
  [62, '17'],
  [63, '18'],
  [67, '19'],
  [71, '20'],
  [75, '21'],
  [76, '22'],
  [77, '23'],
  [79, '24'],
  [82, '25'],
  [85, '26'],
  [86, '27'],
  [89, '28'],
  [90, '29'],
  [96, '30'],
  [97, '31'],
  [99, '32'],
];

/** The INEGI code of the state a postal code belongs to; undefined while it is not complete. */
export function stateOfPostalCode(code: string): string | undefined {
  if (!/^\d{5}$/.test(code)) return undefined;
  const pair = Number(code.slice(0, 2));
  // 17 to 19 are not in use.
  if (pair === 0 || (pair > 16 && pair < 20)) return undefined;
  return LAST_OF.find(([last]) => pair <= last)?.[1];
}
