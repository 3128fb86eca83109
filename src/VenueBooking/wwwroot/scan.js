// The camera of a desk page: loaded only when somebody asks for it. A second press of the button puts it away.
let stop;

export async function scan(box, notice) {
  if (stop) return stop();
  const video = box.querySelector('video'), button = box.querySelector('[data-scan]'), label = button.querySelector('span');
  const target = document.getElementById(box.dataset.scanTarget), open = label.textContent;
  let scanner;
  stop = () => {
    stop = null;
    scanner?.destroy();
    video.hidden = true;
    label.textContent = open;
  };
  button.setAttribute('aria-busy', 'true');
  try {
    const { default: QrScanner } = await import('./lib/qr-scanner/qr-scanner.min.js');
    video.hidden = false; // before the scanner sees it: a hidden one it would shrink to nothing
    scanner = new QrScanner(video, result => {
      stop();
      navigator.vibrate?.(60);
      target.value = result.data;
      target.form.requestSubmit();
    }, { preferredCamera: 'environment', returnDetailedScanResult: true, calculateScanRegion: whatIsShown });
    await scanner.start();
    label.textContent = box.dataset.stop;
    button.scrollIntoView({ block: 'nearest' });
  } catch {
    stop();
    notice(box.dataset.denied, 'warning');
    target.focus();
  } finally {
    button.removeAttribute('aria-busy');
  }
}

// The page shows the middle square of the picture, so that is what is read.
function whatIsShown(video) {
  const side = Math.min(video.videoWidth, video.videoHeight);
  return { x: (video.videoWidth - side) / 2, y: (video.videoHeight - side) / 2, width: side, height: side, downScaledWidth: 600, downScaledHeight: 600 };
}
