// Numbers and dates as a reader of the language writes them.

/** @typedef {ReturnType<typeof makeFormat>} Format */

// Browsers do not all know Azerbaijani: months are written out here, and numbers follow German, which uses the same
// signs (1.234.567,8).
const months_az = ['yanvar', 'fevral', 'mart', 'aprel', 'may', 'iyun', 'iyul', 'avqust', 'sentyabr', 'oktyabr', 'noyabr', 'dekabr'];

/** @param {string} text "2027-05-11" or "after 2045-12-31" */
export function parseDay(text) {
    return new Date(text.slice(-10) + 'T00:00:00Z');
}

/** @param {'en' | 'az'} language */
export function makeFormat(language) {
    const az = AZERBAIJANI && language === 'az';
    const numbers = az ? 'de' : 'en-GB';
    /** @type {Map<number, Intl.NumberFormat>} */
    const fixed = new Map();
    /** @param {number} value @param {number} [decimals] */
    const number = (value, decimals = 0) => {
        let format = fixed.get(decimals);
        if (!format) {
            format = new Intl.NumberFormat(numbers, {minimumFractionDigits: decimals, maximumFractionDigits: decimals});
            fixed.set(decimals, format);
        }
        return format.format(value);
    };
    const long = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC'});
    const short = new Intl.DateTimeFormat('en-GB', {month: 'short', year: 'numeric', timeZone: 'UTC'});
    const sign = az ? '%' : '\u00a0%';
    const compact = new Intl.NumberFormat(numbers, {maximumSignificantDigits: 3});
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
        day: date => az ? `${date.getUTCDate()} ${months_az[date.getUTCMonth()]} ${date.getUTCFullYear()}` : long.format(date),
        /** @param {Date} date */
        month: date => az ? `${months_az[date.getUTCMonth()].slice(0, 3)} ${date.getUTCFullYear()}` : short.format(date),
    };
}
