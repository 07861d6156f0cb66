// Opens a page in Firefox over WebDriver BiDi and prints what `runEverywhere()` gives there: node firefox.mjs PROGRAM URL.
import { setTimeout } from "node:timers/promises";
import puppeteer from "puppeteer-core";

const [executablePath, url] = process.argv.slice(2);
const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath,
  headless: true,
  // A busy machine is no fault of what is tested.
  timeout: 180_000,
  protocolTimeout: 600_000,
  // No traffic of its own.
  extraPrefsFirefox: { "app.update.enabled": false, "network.captive-portal-service.enabled": false },
});
try {
  const page = await browser.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) complaints.push(message.text());
  });
  await page.goto(url, { timeout: 600_000 });
  // From outside: what Puppeteer puts into a page for waiting, a policy of the page forbids in Firefox 140.
  while (!(await page.evaluate("globalThis.runEverywhere !== undefined"))) await setTimeout(20);
  const found = JSON.parse(await page.evaluate("globalThis.runEverywhere()"));
  console.log(JSON.stringify({ found, complaints }));
} finally {
  await browser.close();
}
