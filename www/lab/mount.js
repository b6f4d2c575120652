/**
 * Puts the laboratory on the page when the reader comes near it, or when the address asks for a run: until then nothing of the
 * engine is fetched.
 */
const NEAR = '600px 0px';

export function mountLaboratory() {
  const place = document.querySelector('[data-laboratory]');
  if (!place) return;
  const put = async () => {
    await import('../define.js');
    const element = document.createElement('lottery-ticket');
    element.setAttribute('address', '');
    place.replaceChildren(element);
  };
  if (location.hash.includes('=')) {
    void put().then(() => {
      place.scrollIntoView({ block: 'start', behavior: 'instant' });
      // The keyboard begins there too.
      document.getElementById('laboratory-title')?.focus({ preventScroll: true });
    });
    return;
  }
  const asked = () => {
    if (location.hash.includes('=')) begin();
  };
  const near = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && begin(), { rootMargin: NEAR });
  const begin = () => {
    near.disconnect();
    removeEventListener('hashchange', asked);
    void put();
  };
  near.observe(place);
  addEventListener('hashchange', asked);
}
