package org.explain4j.datasets.folder;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What a store holds.
 *
 * @param files paths below the store, with {@code /}, in alphabetical order, without hidden ones
 * @param folders likewise, empty ones included
 * @param notes what else was left out, one sentence each
 */
record Listing(List<String> files, List<String> folders, List<String> notes) {

  /** Every folder on the way to a file is one, whether or not it was listed. */
  static Listing of(List<String> files, List<String> folders, List<String> notes) {
    Set<String> all = new TreeSet<>(folders);
    for (String file : files) {
      addParents(file, all);
    }
    folders.forEach(folder -> addParents(folder, all));
    return new Listing(files.stream().sorted().toList(), List.copyOf(all), notes);
  }

  private static void addParents(String path, Set<String> all) {
    for (int at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      if (!all.add(path.substring(0, at))) {
        return;
      }
    }
  }

  /** Without a folder and what is in it. */
  Listing without(String folder) {
    return new Listing(
        files.stream().filter(file -> !file.startsWith(folder + "/")).toList(),
        folders.stream()
            .filter(other -> !other.equals(folder) && !other.startsWith(folder + "/"))
            .toList(),
        notes);
  }

  /** Only files of some kind; the notes say how many others there are. */
  Listing only(Predicate<String> kind, String said) {
    List<String> chosen = files.stream().filter(kind).toList();
    List<String> all = new ArrayList<>(notes);
    if (chosen.size() < files.size()) {
      all.add(String.format(Locale.ROOT, said, files.size() - chosen.size()));
    }
    return new Listing(chosen, folders, all);
  }

  /** The names of the folders in a folder; the store's own is the empty word. */
  List<String> children(String folder) {
    String start = folder.isEmpty() ? "" : folder + "/";
    return folders.stream()
        .filter(path -> path.startsWith(start) && path.indexOf('/', start.length()) < 0)
        .map(path -> path.substring(start.length()))
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** The files in a folder, at any depth. */
  List<String> below(String folder) {
    return folder.isEmpty()
        ? files
        : files.stream().filter(file -> file.startsWith(folder + "/")).toList();
  }

  /** Whether a folder holds files itself. */
  boolean hasFiles(String folder) {
    int start = folder.isEmpty() ? 0 : folder.length() + 1;
    return below(folder).stream().anyMatch(file -> file.indexOf('/', start) < 0);
  }
}
