// Numbers and dates as a reader of the language writes them.

/** @typedef {ReturnType<typeof makeFormat>} Format */

/** @param {string} text "2027-05-11" or "after 2045-12-31" */
export function parseDay(text) {
    return new Date(text.slice(-10) + 'T00:00:00Z');
}

/** Browsers do not know all languages: months are those of the file of words, and numbers those of a language with the same signs. @param {string} language @param {import('./words.js').English['format']} by */
export function makeFormat(language, by) {
    /** @type {Map<number, Intl.NumberFormat>} */
    const fixed = new Map();
    /** @param {number} value @param {number} [decimals] */
    const number = (value, decimals = 0) => {
        let format = fixed.get(decimals);
        if (!format) {
            format = new Intl.NumberFormat(by.numbers, {minimumFractionDigits: decimals, maximumFractionDigits: decimals});
            fixed.set(decimals, format);
        }
        return format.format(value);
    };
    const sign = by.percent, compact = new Intl.NumberFormat(by.numbers, {maximumSignificantDigits: 3});
    /** @param {string} text @param {string[]} months @param {Date} date */
    const dated = (text, months, date) => text.replace('{day}', String(date.getUTCDate())).replace('{month}', months[date.getUTCMonth()]).replace('{year}', String(date.getUTCFullYear()));
    return {
        language,
        number,
        /** Three significant digits. @param {number} value */
        round: value => compact.format(value >= 100 ? Number(value.toPrecision(3)) : value),
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
