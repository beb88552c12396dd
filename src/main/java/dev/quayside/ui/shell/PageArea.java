package dev.quayside.ui.shell;

import dev.quayside.ui.action.Actions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/** Shows one page at a time, builds each at its first visit, and tells them when they are seen. */
final class PageArea extends StackPane {

  private final Map<String, PageSpec> specs = new LinkedHashMap<>();
  private final Map<String, Page> built = new HashMap<>();
  private final ReadOnlyStringWrapper current = new ReadOnlyStringWrapper("");
  private boolean seen = true;

  PageArea(List<PageSpec> pages) {
    getStyleClass().add("page-area");
    pages.forEach(page -> specs.put(page.id(), page));
  }

  ReadOnlyStringProperty current() {
    return current.getReadOnlyProperty();
  }

  @Nullable Page page() {
    return built.get(current.get());
  }

  void show(String id, Workbench workbench) {
    PageSpec spec = specs.get(id);
    if (spec == null || id.equals(current.get())) {
      return;
    }
    Page before = page();
    if (before != null && seen) {
      before.hidden();
    }
    Page page = built.computeIfAbsent(id, key -> build(spec, workbench));
    current.set(id);
    getChildren().setAll(page.view());
    if (seen) {
      page.shown();
    }
  }

  private Page build(PageSpec spec, Workbench workbench) {
    Actions own = workbench.actions().during(current.isEqualTo(spec.id()));
    Page page = spec.build().apply(workbench.with(own));
    page.view().setId("page-" + spec.id());
    return page;
  }

  /** Tells the current page whether the window itself can be seen. */
  void windowSeen(boolean visible) {
    if (visible == seen) {
      return;
    }
    seen = visible;
    Page page = page();
    if (page != null) {
      if (visible) {
        page.shown();
      } else {
        page.hidden();
      }
    }
  }

  /** Tells for people what of all pages would be lost if the window closed now. */
  List<String> unsaved() {
    return built.values().stream().flatMap(page -> page.unsaved().stream()).sorted().toList();
  }

  void close() {
    Page page = page();
    if (page != null && seen) {
      page.hidden();
    }
    built.values().forEach(Page::close);
    built.clear();
  }
}
