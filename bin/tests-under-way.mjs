// A reporter for `npm test`: which files are being tested now. A file that neither ends nor fails can then be named.
import { writeFileSync } from 'node:fs';

export default class TestsUnderWay {
  #open = new Set();

  #tell() {
    const file = process.env.GONGKAI_UNDER_WAY;
    if (file !== undefined) writeFileSync(file, [...this.#open].join('\n'));
  }

  onTestModuleStart(module) {
    this.#open.add(module.relativeModuleId);
    this.#tell();
  }

  onTestModuleEnd(module) {
    this.#open.delete(module.relativeModuleId);
    this.#tell();
  }
}
