package org.explain4j.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The report in a browser: what scripts and styles do. */
final class BrowserTest extends PageInBrowser {
  private String play(String script) throws IOException, InterruptedException {
    return play(1440, 900, script);
  }

  @Test
  void nothingIsFetchedAndNothingFails() throws Exception {
    assertThat(
            play(
                "return document.images.length > 20 && [...document.images].every(i => i.complete && i.naturalWidth > 0);"))
        .isEqualTo("true");
  }

  @Test
  void columnsAreSortedBothWaysByTheirNumbers() throws Exception {
    String sorted =
        play(
            """
            const table = document.querySelector('#metric-degradation > .table table');
            const th = [...table.tHead.rows[0].cells].find(c => c.textContent.startsWith('morf-mean'));
            const at = th.cellIndex;
            const values = () => [...table.tBodies[0].rows].map(r => parseFloat(r.cells[at].dataset.text));
            const rising = v => v.every((x, i) => !i || isNaN(x) || v[i - 1] <= x);
            th.querySelector('button').click();
            const up = rising(values()) && th.getAttribute('aria-sort') === 'ascending';
            th.querySelector('button').click();
            const down = rising(values().reverse()) && th.getAttribute('aria-sort') === 'descending';
            return up + ' ' + down + ' ' + values().length;
            """);
    assertThat(sorted).isEqualTo("true true 13");
  }

  @Test
  void imagesAreChosenByClassPredictionAndMethod() throws Exception {
    String chosen =
        play(
            """
            const figure = document.querySelector('#images figure');
            const [category, outcome] = figure.querySelectorAll('select');
            const rows = () => [...figure.querySelectorAll('tbody tr')].filter(r => r.offsetHeight > 0);
            const all = rows().length;
            outcome.value = 'wrong'; outcome.onchange();
            const wrong = rows().every(r => r.dataset.outcome === 'wrong') && rows().length;
            outcome.value = ''; category.value = 'trouser'; category.onchange();
            const trousers = rows().every(r => r.dataset.category === 'trouser') && rows().length;
            const columns = () => [...rows()[0].querySelectorAll('td')].filter(c => c.offsetWidth > 0).length;
            const before = columns();
            const box = figure.querySelector('.list input'); box.checked = false; box.onchange();
            return [all, wrong, trousers, before - columns()].join(' ');
            """);
    assertThat(chosen).isEqualTo("8 1 3 1");
  }

  @Test
  void aPictureIsEnlargedBesideItsImageAndTheKeysLeadToTheNext() throws Exception {
    String shown =
        play(
            """
            const cell = document.querySelector('#images td');
            cell.focus();
            cell.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
            const dialog = document.querySelector('dialog');
            const title = () => dialog.querySelector('strong').textContent;
            const first = title();
            const pictures = dialog.querySelectorAll('img').length;
            const slider = dialog.querySelector('input[type=range]');
            slider.value = 20; slider.oninput();
            const opacity = dialog.querySelector('.stack img + img').style.opacity;
            dialog.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight' }));
            const second = title();
            dialog.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft' }));
            const back = title();
            const open = dialog.open;
            dialog.querySelector('.close').click();
            return [first, second, back, pictures, opacity, open, dialog.open].join(' | ');
            """);
    assertThat(shown)
        .isEqualTo(
            "gradient of test-0 | smoothgrad of test-0 | gradient of test-0 | 4 | 0.2 | true |"
                + " false");
  }

  @Test
  void tabsWorkByStyleAlone() throws Exception {
    Path bare = folder.resolve("run/report/index.html");
    String html = Files.readString(bare).replaceAll("(?s)<script>.*?</script>", "");
    Files.writeString(bare, html);
    String shown =
        play(
            """
            const shown = () => [...document.querySelectorAll('.tab')].map(t => t.offsetHeight > 0 ? 1 : 0).join('');
            const before = shown();
            document.querySelectorAll('.tabs > label')[2].click();
            return before + ' ' + shown();
            """);
    assertThat(shown).isEqualTo("1000 0010");
  }

  @Test
  void panelsStandSideBySideOnATabletAndSectionsStayInReach() throws Exception {
    String placed =
        play(
            768,
            1024,
            """
            const [a, b] = [...document.querySelectorAll('#metric-degradation .panel')].map(p => p.getBoundingClientRect());
            scrollTo({ top: 3000, behavior: 'instant' });
            const nav = document.querySelector('nav').getBoundingClientRect();
            return [a.top === b.top && b.right <= innerWidth, Math.round(nav.top)].join(' ');
            """);
    assertThat(placed).isEqualTo("true 0");
  }

  @Test
  void darkIsDarkAndTextStandsOut() throws Exception {
    String colours =
        new Browser(folder, 1440, 900)
            .with("--force-dark-mode", "--blink-settings=preferredColorScheme=0")
            .result(
                page,
                """
            const style = getComputedStyle(document.body);
            const level = c => { const [r, g, b] = c.match(/\\d+/g).map(Number); return .299 * r + .587 * g + .114 * b; };
            return level(style.backgroundColor) < 60 && level(style.color) > 180;
            """);
    assertThat(colours).isEqualTo("true");
  }

  @Test
  void itPrints() throws Exception {
    Path pdf = new Browser(folder, 1440, 900).print(page);
    assertThat(Files.size(pdf)).isGreaterThan(20_000);
    assertThat(
            new String(Files.readAllBytes(pdf), 0, 5, java.nio.charset.StandardCharsets.US_ASCII))
        .isEqualTo("%PDF-");
  }

  @Test
  void hostileNamesAreText() throws Exception {
    Path explainers = folder.resolve("run/explainers.csv");
    String hostile = "<img src=x onerror=errors.push(1)>" + "x".repeat(300);
    Files.writeString(explainers, Files.readString(explainers).replace("start=one", hostile));
    Path images = folder.resolve("run/images.csv");
    Files.writeString(
        images,
        Files.readString(images).replace("trouser", "'';!--<script>errors.push(2)</script>"));
    page = Report.writePage(folder.resolve("run"));
    String shown =
        play(
            "document.querySelector('#images td').click(); return document.querySelectorAll('img[src=x]').length;");
    assertThat(shown).isEqualTo("0");
  }

  @Test
  void thePageNeedsNoneOfItsFigures() throws Exception {
    Report.write(folder.resolve("run"));
    Path alone = Files.createDirectory(folder.resolve("alone"));
    page = Files.copy(folder.resolve("run/report/index.html"), alone.resolve("index.html"));
    String shown =
        play(
            """
            document.querySelector('#images td').click();
            return [[...document.images].every(i => i.complete && i.naturalWidth > 0),
              document.querySelectorAll('.panel .files a').length > 9,
              document.querySelector('dialog a.files').getAttribute('href')].join(' ');
            """);
    assertThat(shown).isEqualTo("true true figures/images/1-gradient.png");
  }

  @Test
  void withoutScriptsAPictureLeadsToItsFile() throws Exception {
    page = Report.write(folder.resolve("run"));
    String html = Files.readString(page).replaceAll("(?s)<script>.*?</script>", "");
    Files.writeString(page, html);
    assertThat(
            play(
                """
                const link = document.querySelector('#images td a').getBoundingClientRect();
                return [link.width > 50, link.height > 50].join(' ');
                """))
        .isEqualTo("true true");
  }

  /** Sixty methods on thirty photographs. */
  @Test
  void aLargeRunOpensInTwoSecondsAndStaysBelowFifteenMegabytes() throws Exception {
    Path large = folder.resolve("large");
    SampleRun.write(large, new SampleRun.Size(30, 3, 224, 14, 20, 101));
    SampleRun run = new SampleRun(large, new SampleRun.Size(30, 3, 224, 14, 20, 101));
    StringBuilder rows =
        new StringBuilder("explainer,id,group,settings,bind_seconds,seconds,images,status,error\n");
    for (int i = 0; i < 60; i++) {
      String label = "method-" + i;
      String group = i < 15 ? "function" : i < 30 ? "signal" : "attribution";
      rows.append(label).append(",m,").append(group).append(",,0,1,30,ok,\n");
      Files.createSymbolicLink(
          large.resolve("attributions/" + label + ".npy"),
          large.resolve("attributions/gradient.npy"));
    }
    run.file("explainers.csv", rows.toString());
    run.file("effective.yaml", "report: {images: 30}\n");
    page = Report.writePage(large);
    assertThat(Files.size(page)).isLessThan(15_000_000);
    String millis =
        play(
            "return Math.round(performance.timing.domContentLoadedEventEnd - performance.timing.navigationStart);");
    assertThat(Integer.parseInt(millis)).isLessThan(2000);
  }
}
