/** `<map-point>`: fills latitude and longitude from the device, when the person asks for it. No map of others is loaded. */
class MapPoint extends HTMLElement {
  connectedCallback(): void {
    if (!("geolocation" in navigator) || this.querySelector("button")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary map-point__locate";
    button.textContent = this.dataset["locate"] ?? "";
    const status = document.createElement("p");
    status.className = "govuk-hint";
    status.setAttribute("role", "status");
    this.append(button, status);
    button.addEventListener("click", () => {
      status.textContent = this.dataset["locating"] ?? "";
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          status.textContent = "";
          this.#put(coords.latitude, coords.longitude);
        },
        () => {
          status.textContent = this.dataset["failed"] ?? "";
        },
        { enableHighAccuracy: true, timeout: 15_000 },
      );
    });
  }

  #put(...place: readonly [number, number]): void {
    for (const [index, input] of [...this.querySelectorAll("input")].entries()) {
      input.value = (place[index] ?? 0).toFixed(6).replace(".", ",");
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
}

customElements.define("map-point", MapPoint);
