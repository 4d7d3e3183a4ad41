// Icons (lucide's shapes) and the three-seat mark, as SVG elements.

import { drawing } from './dom';

const PATHS = {
  close: 'M18 6 6 18M6 6l12 12',
  down: 'm6 9 6 6 6-6',
  send: 'm5 12 7-7 7 7M12 19V5',
  leave: 'M9 21H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2h4M16 17l5-5-5-5M21 12H9',
  sending: 'M12 6v6l4 2M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20',
  sent: 'M20 6 9 17l-5-5',
  twice: 'M18 6 7 17l-5-5M22 10l-7.5 7.5L13 16',
} as const;

export type Icon = keyof typeof PATHS;

function svg(viewBox: string, name: string, ...shapes: SVGElement[]): SVGSVGElement {
  return drawing('svg', { viewBox, class: name, 'aria-hidden': 'true' }, ...shapes);
}

export function icon(name: Icon): SVGSVGElement {
  return svg('0 0 24 24', 'icon', drawing('path', { d: PATHS[name] }));
}

export function setIcon(element: SVGSVGElement, name: Icon): void {
  element.firstElementChild?.setAttribute('d', PATHS[name]);
}

/** Two seats taken, one free: the visitor's. */
export function seats(): SVGSVGElement {
  const seat = (x: string, name: string): SVGElement =>
    drawing('rect', { x, y: '2', width: '8', height: '8', rx: '2', class: name });
  return svg('0 0 38 12', 'seats', seat('2', 'taken'), seat('15', 'taken'), seat('28', 'free'));
}
