// A phone of the other make: the engine of Safari, as WebKitGTK brings it, driven by selenium.
// Not iOS itself: its menus, its camera and how it sends pages to sleep are not tried here.
import { spawn } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Builder, By, Capabilities, until } from "selenium-webdriver";
import { freePort } from "../harness.mjs";

const LIBRARIES = "/usr/lib/x86_64-linux-gnu";

function miniBrowser() {
  const folder = readdirSync(LIBRARIES).find((name) => name.startsWith("webkit2gtk-4"));
  return join(LIBRARIES, folder, "MiniBrowser");
}

/** One phone; a driver has one browser, so each phone has a driver. */
export async function webkitPhone(url) {
  const port = await freePort();
  const args = ["-a", "-s", "-screen 0 1280x1024x24", "WebKitWebDriver", `--port=${port}`];
  const child = spawn("xvfb-run", args, { detached: true, stdio: "ignore" });
  const browser = await connected(port);
  await browser.manage().window().setRect({ x: 0, y: 0, width: 400, height: 800 });
  await browser.get(url);
  return new Phone(browser, () => process.kill(-child.pid));
}

async function connected(port) {
  const options = { binary: miniBrowser(), args: ["--automation"] };
  const wanted = new Capabilities({ browserName: "MiniBrowser", "webkitgtk:browserOptions": options });
  for (let tries = 0; ; tries += 1) {
    try {
      await fetch(`http://127.0.0.1:${port}/status`);
      break;
    } catch (error) {
      if (tries > 100) throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
  return new Builder().usingServer(`http://127.0.0.1:${port}`).withCapabilities(wanted).build();
}

class Phone {
  constructor(browser, end) {
    this.browser = browser;
    this.end = end;
  }

  /** Presses the button with these words as soon as it is there. */
  async press(words) {
    const button = By.xpath(`//button[contains(normalize-space(.), '${words}')]`);
    const found = await this.browser.wait(until.elementLocated(button), 30_000);
    await this.browser.wait(until.elementIsVisible(found), 30_000);
    await found.click();
  }

  async click(selector) {
    await this.browser.findElement(By.css(selector)).click();
  }

  /** Waits for an element and answers with its words. */
  async words(selector) {
    const found = await this.browser.wait(until.elementLocated(By.css(selector)), 30_000);
    return (await found.getText()).replace(/\s+/g, " ").trim();
  }

  async says(words, within = 30_000) {
    const says = async () => (await this.browser.findElement(By.css("body")).getText()).includes(words);
    await this.browser.wait(says, within, `does not say ${words}`);
  }

  async width() {
    return this.browser.executeScript("return document.documentElement.scrollWidth - innerWidth");
  }

  async shot(path) {
    // what is on the glass lags behind what is in the page
    await this.browser.executeAsyncScript("const done = arguments[0]; requestAnimationFrame(() => setTimeout(done, 250));");
    writeFileSync(path, Buffer.from(await this.browser.takeScreenshot(), "base64"));
  }

  async reload() {
    await this.browser.navigate().refresh();
  }

  async close() {
    await this.browser.quit().catch(() => {});
    this.end();
  }
}
