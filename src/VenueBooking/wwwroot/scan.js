// The camera of a desk page: loaded only when somebody asks for it.

export async function scan(box, notice) {
  const video = box.querySelector('video'), button = box.querySelector('[data-scan]');
  const target = document.getElementById(box.dataset.scanTarget);
  button.setAttribute('aria-busy', 'true');
  try {
    const { default: QrScanner } = await import('./lib/qr-scanner/qr-scanner.min.js');
    const scanner = new QrScanner(video, result => {
      scanner.stop();
      scanner.destroy();
      video.hidden = true;
      button.hidden = false;
      navigator.vibrate?.(60);
      target.value = result.data;
      target.form.requestSubmit();
    }, { preferredCamera: 'environment', highlightScanRegion: false, returnDetailedScanResult: true });
    video.hidden = false;
    await scanner.start();
    button.hidden = true;
  } catch {
    video.hidden = true;
    notice(box.dataset.denied, 'warning');
    target.focus();
  } finally {
    button.removeAttribute('aria-busy');
  }
}
