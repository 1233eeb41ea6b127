// Numbers and dates as a reader of the language writes them.

/** @typedef {ReturnType<typeof makeFormat>} Format */

/** @param {string} text "2027-05-11" or "after 2045-12-31" */
export function parseDay(text) {
    return new Date(text.slice(-10) + 'T00:00:00Z');
}

/** @type {Map<string, ReturnType<typeof newFormat>>} */
const known = new Map();

/** One for each language. @param {string} language @param {import('./words.js').English['format']} by */
export function makeFormat(language, by) {
    const found = known.get(language) ?? newFormat(language, by);
    known.set(language, found);
    return found;
}

/** Digits as the file of words writes them. What browsers have for it does not know all languages, and takes so long to load that the page would wait for it. @param {string} plain as JavaScript writes it @param {import('./words.js').English['format']} by */
function written(plain, {thousands, point}) {
    const [whole, part] = plain.split('.');
    return whole.replace(/\B(?=(\d{3})+$)/g, thousands) + (part ? point + part : '');
}

/** Browsers do not know all languages: months are those of the file of words. @param {string} language @param {import('./words.js').English['format']} by */
function newFormat(language, by) {
    /** @param {number} value @param {number} [decimals] */
    const number = (value, decimals = 0) => written(value.toFixed(decimals), by);
    const sign = by.percent;
    /** @param {string} text @param {string[]} months @param {Date} date */
    const dated = (text, months, date) => text.replace('{day}', String(date.getUTCDate())).replace('{month}', months[date.getUTCMonth()]).replace('{year}', String(date.getUTCFullYear()));
    return {
        language,
        number,
        /** Three significant digits. @param {number} value */
        round: value => {
            const three = Number(value.toPrecision(3)), size = Math.floor(Math.log10(Math.abs(three) || 1));
            return written(three.toFixed(Math.min(100, Math.max(0, 2 - size))).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, ''), by);
        },
        /** A share, 0 to 100. @param {number} percent */
        percent: percent => percent > 0 && percent < 1 ? '<1' + sign : percent > 99 && percent < 100 ? '>99' + sign : number(percent) + sign,
        /** A probability, 0 to 100: never a certainty, which no sample can give. @param {number} percent */
        chance: percent => percent < 1 ? '<1' + sign : percent > 99 ? '>99' + sign : number(percent) + sign,
        /** @param {Date} date */
        day: date => dated(by.day, by.months, date),
        /** @param {Date} date */
        month: date => dated(by.month, by.shortMonths, date),
    };
}
