// To which day the scenario knows anything, and what the reader knows besides: above the page, and in the foot of each saved chart.
import {parseDay} from './format.js';

/** @typedef {import('./types.js').View} View */

/** @param {View} view @returns {string[]} */
export function knowledgeSentences({result, words, format}) {
    const all = result.count + (result.left_out ?? 0);
    return [
        ...result.as_of !== undefined ? [words.asOf(format.day(parseDay(result.as_of)))] : [],
        ...result.given !== undefined ? [words.given(result.given, format.number(result.count), format.number(all), format.percent(100 * result.count / all))] : [],
    ];
}
