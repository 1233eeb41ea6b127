// The answer in three sentences, for the end of a month.
import {chance} from './charts/map.js';
import {parseDay} from './format.js';

/** @typedef {import('./types.js').View} View */

/** The district that most likely gets there; `none`: none is more likely than not. @param {View} view */
function bestDistrict(view) {
    const {result, month, format} = view;
    const chances = result.districts.map((name, i) => ({name, p: chance(result, result.counts.district_completion_day, i, month)?.[0] ?? 0}));
    const best = chances.reduce((a, b) => (b.p > a.p ? b : a), {name: '', p: -1});
    return {best: view.name(best.name), chance: format.chance(best.p), none: best.p < 10};
}

/** Whether anybody is planned to live in any place of these results. @param {import('./types.js').Result} result */
export const peopled = result => result.lived_in.some(lived => lived);

/** @param {View} view @returns {string[]} */
export function answerSentences(view) {
    const {result, words, format, month} = view;
    const chances = result.places.map((_, i) => chance(result, result.counts.place_release_day, i, month)?.[0] ?? 0);
    const day = format.day(parseDay(result.months[month]));
    const district = bestDistrict(view);
    /** @type {string[]} */
    const sentences = [];
    const all = chance(result, result.counts.all_districts, 0, month);
    if (all) sentences.push(words.answerAll({day, chance: format.chance(all[0])}));
    if (result.places.length) sentences.push(words.answerPlaces({
        day, all: format.number(result.places.length), likely: format.number(chances.filter(p => p > 50).length), sure: format.number(chances.filter(p => p >= 90).length),
    }));
    const land = result.series.ledger_m2?.remaining?.[month];
    sentences.push(land ? words.answerDistricts({...district, land: format.round(land[1]), low: format.round(land[0]), high: format.round(land[2])}) : words.noLand(district));
    const people = result.series.people_back?.all?.[month];
    if (people && peopled(result)) sentences.push(words.answerPeople({people: format.round(people[1]), low: format.round(people[0]), high: format.round(people[2])}));
    return sentences;
}
