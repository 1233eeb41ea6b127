// Colours that readers with any colour vision can tell apart: Okabe and Ito's set for kinds, ColorBrewer's YlGnBu
// (light to dark) for probabilities.

export const okabe = {
    black: '#000000', orange: '#e69f00', sky: '#56b4e9', green: '#009e73', yellow: '#f0e442', blue: '#0072b2', vermillion: '#d55e00', purple: '#cc79a7',
    grey: '#8a8a8a', pale: '#c9c9c9',
};
export const ink = '#1d2733', faint = '#5b6673', rule = '#d9dee3', paper = '#ffffff';

const classes = ['#ffffcc', '#a1dab4', '#41b6c4', '#2c7fb8', '#253494'];
const bounds = [10, 33, 66, 90];

/** @param {number} percent */
export const classOf = percent => bounds.filter(bound => percent >= bound).length;
/** @param {number} percent */
export const chanceColour = percent => classes[classOf(percent)];
/** @param {number} percent */
export const chanceInk = percent => classOf(percent) >= 3 ? '#ffffff' : ink;
export const chanceClasses = classes;

/** By the labels of the model. @type {Record<string, {colour: string, texture?: string}>} */
const known = {
    remaining: {colour: okabe.grey}, cancelled: {colour: okabe.sky}, reduced: {colour: okabe.blue}, mine_cleared: {colour: okabe.vermillion}, battle_area_cleared: {colour: okabe.orange},
    access: {colour: okabe.black}, conflict: {colour: okabe.grey}, 'survey queue': {colour: okabe.sky}, 'technical survey': {colour: okabe.blue}, money: {colour: okabe.vermillion},
    'manual teams': {colour: okabe.green}, dogs: {colour: okabe.green, texture: 'stripes'}, machines: {colour: okabe.green, texture: 'dots'}, 'battle area teams': {colour: okabe.orange},
    season: {colour: okabe.yellow}, 'QC and rework': {colour: okabe.purple}, housing: {colour: okabe.pale},
    survey: {colour: okabe.sky}, clearance: {colour: okabe.blue}, quality: {colour: okabe.purple}, standby: {colour: okabe.vermillion}, moves: {colour: okabe.yellow},
    training: {colour: okabe.green}, purchase: {colour: okabe.orange}, overhead: {colour: okabe.pale}, 'policy measures': {colour: okabe.black}, 'victim aid': {colour: '#7a4b9a'}, building: {colour: okabe.grey},
    spent: {colour: okabe.blue}, lapsed: {colour: okabe.vermillion}, returned: {colour: okabe.orange}, dropped: {colour: okabe.black}, held: {colour: okabe.pale},
};
const spare = [okabe.blue, okabe.orange, okabe.green, okabe.purple, okabe.sky, okabe.vermillion, okabe.yellow, okabe.grey];

/** @param {string} label @param {number} position among its kind, for labels that are not known @returns {{colour: string, texture?: string}} */
export function colourOf(label, position) {
    return Object.hasOwn(known, label) ? known[label] : {colour: spare[position % spare.length]};
}
