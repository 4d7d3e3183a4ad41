// Icons (lucide's shapes) and the three-seat mark, as SVG elements.

const SVG = 'http://www.w3.org/2000/svg';

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

function svg(viewBox: string, className: string): SVGSVGElement {
  const element = document.createElementNS(SVG, 'svg');
  element.setAttribute('viewBox', viewBox);
  element.setAttribute('class', className);
  element.setAttribute('aria-hidden', 'true');
  return element;
}

export function icon(name: Icon): SVGSVGElement {
  const element = svg('0 0 24 24', 'icon');
  const path = document.createElementNS(SVG, 'path');
  element.append(path);
  setIcon(element, name);
  return element;
}

export function setIcon(element: SVGSVGElement, name: Icon): void {
  element.firstElementChild?.setAttribute('d', PATHS[name]);
}

/** Two seats taken, one free: the visitor's. */
export function seats(): SVGSVGElement {
  const element = svg('0 0 38 12', 'seats');
  for (const [x, taken] of [[2, true], [15, true], [28, false]] as const) {
    const seat = document.createElementNS(SVG, 'rect');
    for (const [name, value] of Object.entries({ x, y: 2, width: 8, height: 8, rx: 2 })) {
      seat.setAttribute(name, String(value));
    }
    seat.setAttribute('class', taken ? 'taken' : 'free');
    element.append(seat);
  }
  return element;
}
