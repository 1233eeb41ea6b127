// Everything that the pages say, from files of words (analysis/page/words), one for each language. What a language lacks is said in English.
import {message} from './message.js';
import {canUnpack, unpacked} from './packed.js';

/** @typedef {import('./message.js').Values} Values */
/** @typedef {string & ((values: Values) => string)} Word a text, or one with places: then it is called with what goes there */
/**
 * @template T
 * @typedef {{[K in keyof T]: T[K] extends string ? Word : T[K] extends string[] ? string[] : K extends 'desk' ? Said<T[K]> : K extends 'format' ? T[K] : Record<string, Word>}} Said
 */
/** @typedef {typeof import('../words/en.json')} English */
/** @typedef {Said<English>} Words */

// All but English are packed; a browser that cannot unpack them speaks English.
const files = [...document.querySelectorAll('script[data-language]')].map(script => /** @type {HTMLElement} */ (script)).filter(file => file.dataset.language === 'en' || canUnpack);

export const languages = files.map(file => file.dataset.language ?? 'en');
/** As it calls itself. @param {string} language */
export const nameOf = language => files.find(file => file.dataset.language === language)?.dataset.name ?? language;

/** @typedef {{language: string, point: string, dollars: string}} Speech */

/** @param {any} word @param {any} english @param {Speech} speech @returns {any} */
function said(word, english, speech) {
    if (word === undefined) return said(english, english, {...speech, language: 'en'});
    if (typeof word === 'string') {
        const text = word.replaceAll('{dollars}', speech.dollars);
        return text.includes('{') ? message(text, speech.language, speech.point) : text;
    }
    if (Array.isArray(word)) return word.map(one => said(one, one, speech));
    /** @type {Record<string, any>} */
    const all = {};
    for (const key of new Set([...Object.keys(english ?? {}), ...Object.keys(word)])) all[key] = said(word[key], english?.[key], speech);
    return all;
}

/** @type {Map<string, English>} */
const read = new Map([['en', JSON.parse(files.find(file => file.dataset.language === 'en')?.textContent ?? '{}')]]);

/** Whether a language can be spoken at once. @param {string} language */
export const knows = language => read.has(language);

/** Before a language is spoken. @param {string} language */
export async function learn(language) {
    if (!read.has(language)) read.set(language, JSON.parse(await unpacked(JSON.parse(files.find(file => file.dataset.language === language)?.textContent ?? '""'))));
}

/** Names of the model and of the scenarios that come with the program; others are shown as the scenario gives them. @param {Words} words @returns {(label: string) => string} */
export const namesIn = words => label => Object.hasOwn(words.names, label) ? words.names[label] : Object.hasOwn(words.scenarioNames, label) ? words.scenarioNames[label] : label;

/** @type {Record<string, string[]>} */
const spelt = JSON.parse(document.getElementById('spellings')?.textContent ?? '{}');
/** A name in all languages. @param {string} label @returns {string[]} */
export const spellingsOf = label => [label, ...Object.hasOwn(spelt, label) ? spelt[label] : []];

/** @type {Map<string, Words>} */
const known = new Map();

/** Of a language that was learnt. @param {string} language @param {string} [money] the currency of amounts, where it is not the dollar @returns {Words} */
export function wordsOf(language, money) {
    const key = `${language} ${money ?? ''}`;
    let found = known.get(key);
    if (!found) {
        const english = /** @type {English} */ (read.get('en')), {format, ...own} = read.get(language) ?? english;
        const by = format ?? english.format, words = said(own, english, {language, point: by.point, dollars: money ?? own.dollars ?? english.dollars});
        found = /** @type {Words} */ ({...words, format: by});
        known.set(key, found);
    }
    return found;
}
