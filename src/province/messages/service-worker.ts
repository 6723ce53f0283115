/** What runs in the browser when a push comes, served as it stands. It keeps nothing and answers no requests of pages. */
export const SERVICE_WORKER = `"use strict";
self.addEventListener("push", (event) => {
  let said = {};
  try { said = event.data ? event.data.json() : {}; } catch { said = {}; }
  const title = typeof said.title === "string" ? said.title : "";
  event.waitUntil(self.registration.showNotification(title, {
    body: typeof said.body === "string" ? said.body : "",
    tag: typeof said.tag === "string" ? said.tag : undefined,
    data: { url: typeof said.url === "string" && said.url.startsWith("/") && !said.url.startsWith("//") ? said.url : "/thong-bao" },
  }));
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data.url));
});
`;
