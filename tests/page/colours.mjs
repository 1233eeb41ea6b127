// What is written can be read by day and by night: contrasts as WCAG 2.2 has them (1.4.3: 4.5 for text; 1.4.11: 3 for marks).
//   node colours.mjs SOURCE
import assert from 'node:assert/strict';
import {join, resolve} from 'node:path';

const {day, night} = await import(join(resolve(process.argv[2]), 'analysis/page/src/palette.js'));

/** @param {string} colour */
function luminance(colour) {
    const [r, g, b] = [1, 3, 5].map(i => parseInt(colour.slice(i, i + 2), 16) / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
const contrast = (a, b) => (Math.max(luminance(a), luminance(b)) + 0.05) / (Math.min(luminance(a), luminance(b)) + 0.05);

const texts = [['ink', 'paper'], ['ink', 'ground'], ['ink', 'warning'], ['faint', 'paper'], ['faint', 'ground'], ['accent', 'paper'], ['accent', 'ground'], ['on-accent', 'accent'], ['stale', 'paper'],
               ...[0, 1, 2, 3, 4].map(i => [`chance-ink-${i}`, `chance-${i}`])];
const marks = [['blue', 'paper'], ['vermillion', 'paper'], ['green', 'paper'], ['grey', 'paper'], ['black', 'paper'], ['violet', 'paper'], ['edge', 'paper']];

assert.deepEqual(Object.keys(night), Object.keys(day), 'every colour is there by night');
for (const [time, colours] of Object.entries({day, night})) {
    for (const [on, under] of texts) assert.ok(contrast(colours[on], colours[under]) >= 4.5, `${on} on ${under} by ${time}: ${contrast(colours[on], colours[under]).toFixed(2)}`);
    for (const [on, under] of marks) assert.ok(contrast(colours[on], colours[under]) >= 3, `${on} on ${under} by ${time}: ${contrast(colours[on], colours[under]).toFixed(2)}`);
    const classes = [0, 1, 2, 3, 4].map(i => luminance(colours[`chance-${i}`]));
    assert.ok(classes.every((value, i) => i === 0 || (time === 'day' ? value < classes[i - 1] : value > classes[i - 1])), `classes of probability go one way by ${time}`);
}
console.log(`${texts.length + marks.length} contrasts by day and by night`);
