// What the other tests of the form look at in English, and in the light, again in Chinese.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { faintEverywhere, faultsEverywhere, useBrowser } from './browser.js';
import { handInByKeyboard } from './keyboard.js';

describe('the form in Chinese', () => {
  const world = useBrowser();

  it('stores the call that was filled in by keyboard alone', async () => {
    await handInByKeyboard(world, '/zh.html', 'zh-Hans');
  });

  it('axe-core finds nothing on any page of the form with its errors', async () => {
    const page = await world.open('/zh.html');

    assert.deepEqual(await faultsEverywhere(page), []);
  });

  it('has enough contrast in the dark before anything is answered', async () => {
    const page = await world.open('/zh.html', { colorScheme: 'dark' });

    assert.deepEqual(await faintEverywhere(page), []);
  });
});
