// What the program puts into the page (analysis/page/data.c).

/** @typedef {string | number | null} Cell */
/** @typedef {{title: string, note: string | null, columns: [string, string | null, number][], rows: Cell[][]}} Table */
/** @typedef {[number, number, number]} Quantiles P10, P50, P90 */
/**
 * @typedef {{
 *   file: string, name: string, title: string, model: string, version: string, digest: string, seed: string, asked: number,
 *   count: number, failed: number, complete: boolean, start: string, horizon: string, as_of?: string, given?: string[], left_out?: number, learnt?: {as_of: string, facts: number, power: number, effective: number}, scenario: string | null,
 *   districts: string[], places: string[], district_of: (number | null)[], lived_in: (0 | 1)[], months: string[],
 *   money?: string, reconstruction?: string[], counts: {of: number, all_districts?: number[][], place_release_day?: number[][], place_first_return_day?: number[][], district_completion_day?: number[][]},
 *   shares: Record<string, [number, number, number, number]>,
 *   series: {ledger_m2?: Record<string, Quantiles[]>, people_back?: Record<string, Quantiles[]>, victims?: Record<string, Quantiles[]>},
 *   tables: Record<string, Table>
 * }} Result
 */
/** @typedef {{tables: Record<string, Table>}} Comparison */
/** @typedef {{label: string, title: string, result: number, differ: number, differing: [string, string | null, string | null][]}} Varied what a sweep varied, and what tells it from a result */
/**
 * @typedef {{
 *   file: string, title: string, question: string, design: string, model: string, version: string, digest: string, text: string, seed: string,
 *   points: number, replications: number, failed: number, outputs: Record<string, string>, scenarios: Varied[],
 *   kind: 'sobol' | 'morris' | 'regression', influences: string, tables: Record<string, Table>
 * }} Sweep
 */
/** @typedef {{file: string, tables: Record<string, Table>}} Scores of earlier forecasts */
/** @typedef {{file: string, question: string, command: string, version: string, seed: string, digest: string, tables: Record<string, Table>}} Answer to a question of what to do */
/** @typedef {{format: number, language: string, by?: string, place?: string, map?: any, results: Result[], comparison?: Comparison | null, incomparable?: string[], sweep?: Sweep, scores?: Scores, answers?: Answer[]}} Data */
/** @typedef {{x: number, y: number, text: string}} Point of a chart that can be pointed at, in its own coordinates */
/** @typedef {{svg: SVGSVGElement, points: Point[]}} Drawn */
/** @typedef {{colour: string, text: string, shape?: 'line' | 'dot' | 'diamond' | 'box' | 'glass' | 'rhombus', texture?: string}} Sign of a legend */
/** @typedef {import('./words.js').Words} Words */
/** @typedef {import('./format.js').Format} Format */
/** @typedef {{result: Result, words: Words, format: Format, name: (label: string) => string, month: number}} View */

export {};
