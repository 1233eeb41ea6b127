// A text with places for what is said, as translators know it from ICU messages: {name}; {count, plural, one {# day}
// other {# days}}, selectordinal alike; {which, select, this {…} other {…}}, where "none" stands for what is empty.
// Apostrophes are just apostrophes.

/** @typedef {Record<string, string | number | boolean | null | undefined>} Values */
/** @typedef {(values: Values, inner: string) => string} Part */
/** @typedef {{name: string, point: string}} Language and what stands before its decimals */

/** @param {string} text @param {number} open where a brace opens @returns {number} where it closes */
function closing(text, open) {
    let depth = 0;
    for (let i = open; i < text.length; i++) {
        if (text[i] === '{') depth++;
        else if (text[i] === '}' && --depth === 0) return i;
    }
    throw new Error(`a brace is not closed: ${text}`);
}

/** "one {…} other {…}" @param {string} text @param {Language} language @param {Set<string>} names @returns {Record<string, (values: Values, inner: string) => string>} */
function choicesOf(text, language, names) {
    /** @type {Record<string, Part>} */
    const choices = {};
    for (let i = 0; i < text.length;) {
        const open = text.indexOf('{', i);
        if (open < 0) break;
        const end = closing(text, open);
        choices[text.slice(i, open).trim()] = parts(text.slice(open + 1, end), language, names);
        i = end + 1;
    }
    if (!choices.other) throw new Error(`a choice has no "other": ${text}`);
    return choices;
}

/** What costs a browser much to make, once for each key. @template T @param {(key: string) => T} make @returns {(key: string) => T} */
function once(make) {
    /** @type {Map<string, T>} */
    const made = new Map();
    return key => {
        const found = made.get(key) ?? make(key);
        made.set(key, found);
        return found;
    };
}
const cardinals = once(language => new Intl.PluralRules(language)), ordinals = once(language => new Intl.PluralRules(language, {type: 'ordinal'}));

/** The number that a reader sees. @param {string} text @param {string} point as the language writes it */
function numberIn(text, point) {
    return Number([...text].map(sign => sign === point ? '.' : /[0-9]/.test(sign) ? sign : '').join(''));
}

/** @param {string} hole what stands between braces @param {Language} language @param {Set<string>} names of all places @returns {Part} */
function partOf(hole, language, names) {
    const [name, kind] = hole.split(',', 2).map(word => word.trim());
    names.add(name);
    /** @param {Values} values */
    const given = values => {
        if (!Object.hasOwn(values, name)) throw new Error(`no ${name} for {${hole}}`);
        const value = values[name];
        return value === null || value === undefined ? '' : String(value);
    };
    if (kind === undefined) return given;
    const choices = choicesOf(hole.slice(hole.indexOf(',', hole.indexOf(',') + 1) + 1), language, names);
    if (kind === 'select') return (values, inner) => (choices[given(values) || 'none'] ?? choices.other)(values, inner);
    if (kind !== 'plural' && kind !== 'selectordinal') throw new Error(`neither plural, selectordinal nor select: {${hole}}`);
    const rules = kind === 'plural' ? cardinals : ordinals;
    return values => {
        const number = given(values);
        return (choices[rules(language.name).select(numberIn(number, language.point))] ?? choices.other)(values, number);
    };
}

/** @param {string} text @param {Language} language @param {Set<string>} names @returns {Part} */
function parts(text, language, names) {
    /** @type {Part[]} */
    const found = [];
    const say = (/** @type {string} */ plain) => plain && found.push((_, inner) => inner === '' ? plain : plain.replaceAll('#', inner));
    let from = 0;
    for (let open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
        const end = closing(text, open);
        say(text.slice(from, open));
        found.push(partOf(text.slice(open + 1, end), language, names));
        from = end + 1;
    }
    say(text.slice(from));
    return (values, inner) => found.map(part => part(values, inner)).join('');
}

/** It is read when it is said first: most of what a page could say it never says. @param {string} text @param {string} language for its plurals @param {string} [point] what stands before decimals @returns {(values: Values) => string} */
export function message(text, language, point = '.') {
    /** @type {Part | null} */
    let whole = null;
    return values => (whole ??= parts(text, {name: language, point}, new Set()))(values, '');
}

/** The names of what a text has places for. @param {string} text */
export function placesIn(text) {
    /** @type {Set<string>} */
    const names = new Set();
    parts(text, {name: 'en', point: '.'}, names);
    return [...names].sort();
}
