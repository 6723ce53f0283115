/**
 * <push-enrol data-key data-worker data-to data-label data-denied data-failed>: a button that asks the browser for
 * notifications, subscribes at its push service and posts the subscription. Where a browser cannot, the sentence inside stays.
 */
class PushEnrol extends HTMLElement {
  connectedCallback(): void {
    if (!("serviceWorker" in navigator) || !("PushManager" in window)) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary";
    button.textContent = this.dataset["label"] ?? "";
    const said = document.createElement("p");
    said.setAttribute("role", "status");
    button.addEventListener("click", () => {
      button.disabled = true;
      this.#enrol()
        .then((failure) => {
          if (failure === undefined) location.reload();
          else said.textContent = failure;
        })
        .catch(() => {
          said.textContent = this.dataset["failed"] ?? "";
        })
        .finally(() => {
          button.disabled = false;
        });
    });
    this.replaceChildren(button, said);
  }

  /** What to say when it did not work; undefined when it did. */
  async #enrol(): Promise<string | undefined> {
    if ((await Notification.requestPermission()) !== "granted") return this.dataset["denied"];
    const registration = await navigator.serviceWorker.register(this.dataset["worker"] ?? "");
    await navigator.serviceWorker.ready;
    const subscription = await registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: bytesOf(this.dataset["key"] ?? ""),
    });
    const { endpoint, keys } = subscription.toJSON();
    const response = await fetch(this.dataset["to"] ?? "", {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams({
        endpoint: endpoint ?? "",
        p256dh: keys?.["p256dh"] ?? "",
        auth: keys?.["auth"] ?? "",
        name: nameOf(navigator.userAgent),
      }),
    });
    return response.ok ? undefined : this.dataset["failed"];
  }
}

function bytesOf(key: string): Uint8Array<ArrayBuffer> {
  const text = atob(key.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** "Chrome, Android": enough for people to know their own device again. */
function nameOf(agent: string): string {
  const find = (names: readonly string[]): string => names.find((name) => agent.includes(name)) ?? "";
  const browser = find(["Edg", "Firefox", "Chrome", "Safari"]).replace("Edg", "Edge");
  const system = find(["Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux"]);
  return [browser, system].filter(Boolean).join(", ");
}

customElements.define("push-enrol", PushEnrol);
