package org.explain4j.reports.sections;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.explain4j.network.numpy.NumpyArray;
import org.explain4j.reports.page.Block;
import org.explain4j.reports.page.Cell;
import org.explain4j.reports.page.Numbers;
import org.explain4j.reports.page.Section;
import org.explain4j.reports.pictures.Picture;
import org.explain4j.reports.runs.LayerMap;
import org.explain4j.reports.runs.RunDirectory;
import org.explain4j.reports.runs.RunTable;

/** What each layer passes down for the first image, from the last layer to the first. */
public final class LayerMapSection {
  private static final int LARGEST = 112;

  private LayerMapSection() {}

  /**
   * @throws IOException if a file is damaged
   */
  public static Optional<Section> of(RunDirectory run) throws IOException {
    List<LayerMap> maps = new ArrayList<>(run.rows(RunTable.LAYER_MAPS));
    if (maps.isEmpty() || !run.has("images.npy")) {
      return Optional.empty();
    }
    Collections.reverse(maps);
    NumpyArray images = run.array("images.npy");
    Cell image = new Cell(ImageSections.picture(images, 0).atMost(LARGEST).pixels(false), "image");
    List<String> nodes = RowSelection.distinct(maps, LayerMap::node);
    List<Block.GridRow> rows = new ArrayList<>();
    for (String label : RowSelection.distinct(maps, LayerMap::explainer)) {
      List<LayerMap> own = RowSelection.where(maps, LayerMap::explainer, label);
      List<Cell> cells = new ArrayList<>(List.of(image));
      for (String node : nodes) {
        Optional<LayerMap> map = RowSelection.where(own, LayerMap::node, node).stream().findFirst();
        cells.add(
            map.isPresent() && run.has(map.get().file())
                ? cell(run, map.get())
                : new Cell("", Numbers.MISSING));
      }
      rows.add(new Block.GridRow(label, List.of(label), cells));
    }
    Block grid =
        new Block.Grid(
            List.of(new Block.GridGroup("from the class down to the image", nodes)),
            rows,
            true,
            false,
            "What arrives at the output of each layer for the first image: signals of PatternNet,"
                + " relevance of PatternAttribution; "
                + ImageSections.HEAT_MAPS
                + ".");
    return Optional.of(new Section("layers", "What each layer passes down", List.of(grid)));
  }

  private static Cell cell(RunDirectory run, LayerMap map) throws IOException {
    NumpyArray values = run.array(map.file());
    Picture whole = ImageSections.picture(values, 0);
    if (whole.unusable() == whole.values().length) {
      return new Cell("", "beyond float32");
    }
    Picture picture = whole.atMost(LARGEST);
    String text =
        String.format(
            Locale.ROOT,
            "%s at %s, full colour at %s%s",
            map.explainer(),
            map.node(),
            Numbers.measured(picture.limit(false)),
            ImageSections.warning(whole));
    return new Cell(
        picture.heatMap(),
        text,
        "",
        Optional.of(() -> ImageSections.picture(values, 0).shown(false)));
  }
}
