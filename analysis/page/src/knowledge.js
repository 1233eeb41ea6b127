// To which day the scenario knows anything, and what the reader knows besides: above the page, and in the foot of each saved chart.
import {parseDay} from './format.js';

/** @typedef {import('./types.js').View} View */

/** @param {View} view @returns {string[]} */
export function knowledgeSentences({result, words, format}) {
    const learnt = result.learnt, all = result.count + (result.left_out ?? 0);
    return [
        ...result.as_of !== undefined ? [words.asOf({day: format.day(parseDay(result.as_of))})] : [],
        ...result.given !== undefined ? [words.given({
            known: result.given.map(text => words.quoted({text})).join(` ${words.andWord} `), left: format.number(result.count), all: format.number(all), share: format.percent(100 * result.count / all)})] : [],
        ...learnt !== undefined ? [words.learnt({
            day: format.day(parseDay(learnt.as_of)), facts: format.number(learnt.facts), effective: format.number(learnt.effective), all: format.number(result.count),
            power: format.number(learnt.power, learnt.power < 1 ? 3 : 0), partly: learnt.power < 1})] : [],
    ];
}
