/** `<unit-picker>`: each list of units follows the one above it at once; without this "Cập nhật câu hỏi" brings it. */
interface Unit {
  readonly code: string;
  readonly name: string;
}

const lists = new Map<string, Promise<readonly Unit[]>>();

class UnitPicker extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("change", (event) => {
      const { target } = event;
      if (target instanceof HTMLInputElement && target.type === "radio") void this.#changeSystem(target.value);
      if (target instanceof HTMLSelectElement) void this.#fillBelow(target);
    });
    // Made by the browser's own engine, which has no lists.
    const province = this.#select("province");
    if (province && province.options.length < 3) void this.#fill(province, "");
  }

  #select(level: string): HTMLSelectElement | null {
    return this.querySelector(`select[data-unit=${level}]`);
  }

  async #fillBelow(changed: HTMLSelectElement): Promise<void> {
    const levels = ["province", "district", "commune"].flatMap((level) => this.#select(level) ?? []);
    const [next, ...further] = levels.slice(levels.indexOf(changed) + 1);
    for (const one of further) this.#put(one, [], "");
    if (next) await this.#fill(next, changed.value);
  }

  async #fill(select: HTMLSelectElement, above: string): Promise<void> {
    const chosen = select.value;
    if (above === "" && select !== this.#select("province")) return this.#put(select, [], "");
    const address = `${this.dataset["source"]}?he=${this.dataset["system"]}&cap=${encodeURIComponent(above)}`;
    let list = lists.get(address);
    if (!list) {
      list = fetch(address).then((answer) => {
        if (!answer.ok) throw new Error(`units answered ${answer.status}`);
        return answer.json() as Promise<readonly Unit[]>;
      });
      lists.set(address, list);
    }
    try {
      this.#put(select, await list, chosen);
    } catch {
      // Saving the page brings the list too.
      lists.delete(address);
    }
  }

  #put(select: HTMLSelectElement, units: readonly Unit[], chosen: string): void {
    const first = this.dataset[units.length > 0 || select === this.#select("province") ? "choose" : "first"] ?? "";
    select.replaceChildren(new Option(first, ""), ...units.map(({ code, name }) => new Option(name, code)));
    select.value = units.some(({ code }) => code === chosen) ? chosen : "";
  }

  /** With districts or without is another set of lists: the server lays out the controls. */
  async #changeSystem(system: string): Promise<void> {
    this.dataset["system"] = system;
    const district = this.#select("district");
    const group = district?.closest<HTMLElement>(".govuk-form-group");
    if (group) group.hidden = system === "two-level";
    for (const select of this.querySelectorAll("select")) this.#put(select, [], "");
    const province = this.#select("province");
    if (province) await this.#fill(province, "");
  }
}

customElements.define("unit-picker", UnitPicker);
