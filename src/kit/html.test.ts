import assert from "node:assert/strict";
import { test } from "node:test";
import { attributes, html, toText, unescapedHtml } from "./html.ts";

const HOSTILE = `"><script>alert('x')</script>&`;

test("text and attributes are escaped", () => {
  assert.equal(
    toText(html`<p>${HOSTILE}</p>`),
    "<p>&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;</p>",
  );
  assert.equal(toText(html`<a title="${HOSTILE}">x</a>`).includes("<script"), false);
});

test("a link with a dangerous scheme becomes harmless", () => {
  for (const bad of [
    "javascript:alert(1)",
    " jAvAsCrIpT:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
  ]) {
    assert.equal(toText(html`<a href="${bad}">x</a>`), '<a href="#">x</a>');
    assert.equal(toText(html`<a${attributes({ href: bad })}>x</a>`), '<a href="#">x</a>');
  }
  assert.equal(toText(html`<a href="${"/ho-so/1?x=a:b"}">x</a>`), '<a href="/ho-so/1?x=a:b">x</a>');
  assert.equal(toText(html`<a href="${"tel:02763813363"}">x</a>`), '<a href="tel:02763813363">x</a>');
  assert.equal(toText(html`<a href="/x/${"a:b"}">x</a>`), '<a href="/x/a:b">x</a>');
});

test("places where nothing can be made safe are refused", () => {
  assert.throws(() => html`<a href=${"x"}>x</a>`, /needs quotes/);
  assert.throws(() => html`<script>${"x"}</script>`, /no values inside <script>/);
  assert.throws(() => html`<a onclick="${"x"}">x</a>`, /onclick/);
  assert.throws(() => html`<p style="${"x"}">x</p>`, /style/);
  assert.throws(() => attributes({ onclick: "x" }), /bad attribute/);
});

test("lists, nothing and prepared pieces print as expected", () => {
  assert.equal(
    toText(html`<ul>${[1, 2].map((n) => html`<li>${n}</li>`)}</ul>${null}${false}${undefined}`),
    "<ul><li>1</li><li>2</li></ul>",
  );
  assert.equal(toText(html`<i>${unescapedHtml("<b>x</b>")}</i>`), "<i><b>x</b></i>");
  assert.equal(
    toText(html`<input${attributes({ id: "a", required: true, value: '"' })}>`),
    '<input id="a" required value="&quot;">',
  );
});
