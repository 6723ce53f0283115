/**
 * `<desk-list>` around the inbox: j and k go down and up, Enter opens, x selects, / goes to the search, ? shows the keys.
 * `<desk-beside>` around the links of a dossier's page: the keys their data-key names. Without JavaScript they are links.
 */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
    !(target instanceof HTMLInputElement && /^(checkbox|radio|button|submit)$/.test(target.type))
  );
}

function isPlain(event: KeyboardEvent): boolean {
  return !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented && !isTyping(event.target);
}

class DeskList extends HTMLElement {
  #current = -1;
  readonly #onKey = (event: KeyboardEvent): void => this.#key(event);

  connectedCallback(): void {
    document.addEventListener("keydown", this.#onKey);
    const all = this.querySelector<HTMLInputElement>("[data-all]");
    const label = all?.closest("label");
    if (!all || !label) return;
    label.hidden = false;
    all.addEventListener("change", () => {
      for (const box of this.#boxes()) box.checked = all.checked;
    });
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.#onKey);
  }

  #rows(): HTMLTableRowElement[] {
    return [...this.querySelectorAll<HTMLTableRowElement>(".inbox tbody tr")];
  }

  #boxes(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>('input[name="d"]')];
  }

  #key(event: KeyboardEvent): void {
    const dialog = this.querySelector("dialog");
    if (!isPlain(event) || dialog?.open) return;
    const row = this.#rows()[this.#current];
    switch (event.key) {
      case "j":
      case "ArrowDown":
        this.#go(1);
        break;
      case "k":
      case "ArrowUp":
        this.#go(-1);
        break;
      case "x": {
        const box = row?.querySelector<HTMLInputElement>('input[name="d"]');
        if (!box) return;
        box.checked = !box.checked;
        break;
      }
      case "Enter":
        // A link or button that has the focus answers to Enter itself.
        if (!row || (event.target instanceof HTMLElement && event.target !== document.body)) return;
        row.querySelector("a")?.click();
        break;
      case "/":
        this.querySelector<HTMLInputElement>('input[type="search"]')?.focus();
        break;
      case "?":
        dialog?.showModal();
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  #go(step: number): void {
    const rows = this.#rows();
    if (rows.length === 0) return;
    this.#current = Math.min(Math.max(this.#current + step, 0), rows.length - 1);
    for (const [index, row] of rows.entries()) row.toggleAttribute("data-current", index === this.#current);
    // The focus goes along, so that a screen reader says where one is.
    rows[this.#current]?.querySelector("a")?.focus();
  }
}

class DeskBeside extends HTMLElement {
  readonly #onKey = (event: KeyboardEvent): void => {
    if (!isPlain(event) || !/^[npu]$/.test(event.key)) return;
    const link = this.querySelector<HTMLAnchorElement>(`a[data-key="${event.key}"]`);
    if (!link) return;
    event.preventDefault();
    link.click();
  };

  connectedCallback(): void {
    document.addEventListener("keydown", this.#onKey);
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.#onKey);
  }
}

customElements.define("desk-list", DeskList);
customElements.define("desk-beside", DeskBeside);
