// Where the reader's own day lies in what was simulated.
import {parseDay} from '../format.js';
import {faint} from '../colours.js';

/** @typedef {import('../types.js').View} View */

/** @param {import('../types.js').Result} result @returns {Date | null} */
export function todayIn({start, horizon}) {
    const now = new Date();
    return now > parseDay(start) && now < parseDay(horizon) ? now : null;
}

/** @param {View} view @returns {import('../types.js').Sign[]} */
export function todaySign({result, words, format}) {
    const today = todayIn(result);
    return today ? [{colour: faint, shape: 'line', text: words.today({day: format.day(today)})}] : [];
}
