/** Line drawings of the steps, 120 × 96, in the accent's colour. Each says what the words beside it say. */
import { html, type Html, unescapedHtml } from "#kit/html.ts";

const DRAWINGS: Readonly<Record<string, string>> = {
  find: '<rect x="10" y="26" width="76" height="26" rx="4"/><path d="M20 39h30"/><circle cx="88" cy="56" r="17"/><path d="m100 69 12 14"/><path d="M10 66h40M10 78h52"/>',
  signIn:
    '<rect x="38" y="6" width="44" height="84" rx="7"/><path d="M54 14h12"/><circle cx="60" cy="36" r="8"/><path d="M46 60c2-9 8-12 14-12s12 3 14 12"/><path d="M46 74h4M54 74h4M62 74h4M70 74h4"/>',
  fill: '<path d="M22 8h50l16 16v64H22z"/><path d="M72 8v16h16"/><path d="M34 38h28M34 52h40M34 66h22"/><path d="m62 78 30-30 8 8-30 30-10 2z"/>',
  pay: '<rect x="12" y="24" width="80" height="52" rx="5"/><path d="M12 40h80M22 62h22"/><circle cx="94" cy="66" r="17"/><path d="m86 66 6 6 10-12"/>',
  follow:
    '<path d="M20 16v64"/><circle cx="20" cy="18" r="6"/><circle cx="20" cy="48" r="6"/><circle cx="20" cy="78" r="6"/><path d="M36 18h40M36 48h26M36 78h34"/><circle cx="90" cy="50" r="19"/><path d="M90 39v12l8 6"/>',
  receive:
    '<path d="M30 8h44l14 14v46H30z"/><path d="M74 8v14h14M40 32h24M40 44h36"/><circle cx="76" cy="66" r="12"/><path d="m69 76-4 14 11-5 11 5-4-14"/><path d="m71 66 4 4 7-8"/>',
};

export function stepDrawing(name: string): Html {
  return html`<svg class="guide__drawing" viewBox="0 0 120 96" width="120" height="96" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${unescapedHtml(DRAWINGS[name] ?? "")}</svg>`;
}
