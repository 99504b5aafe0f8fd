package org.joblifecycle.docs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The modules as their poms have them. */
final class Modules {
    private static final String PREFIX = "job-lifecycle-";

    private final Map<String, Element> poms = new LinkedHashMap<>();

    private Modules() {}

    static Modules read() throws IOException {
        Modules modules = new Modules();
        // Those of the profile "unpublished" too.
        NodeList all = pom("pom.xml").getElementsByTagName("module");
        for (int i = 0; i < all.getLength(); i++) {
            String name = all.item(i).getTextContent().strip();
            if (!name.equals("bom")) { // no code, and nothing depends on it
                modules.poms.put(name, pom(name + "/pom.xml"));
            }
        }
        return modules;
    }

    private static Element pom(String file) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(Repository.TOP.resolve(file).toFile())
                    .getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(file, e);
        }
    }

    private static Element child(Element parent, String name) {
        return children(parent).stream()
                .filter(child -> child.getTagName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(parent.getTagName() + " has no " + name));
    }

    private static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(child);
            }
        }
        return children;
    }

    /** In the order of the parent pom. */
    Set<String> names() {
        return poms.keySet();
    }

    String description(String module) {
        return child(pomOf(module), "description").getTextContent().strip();
    }

    /** Whether a module has tests only: all that it needs has the scope test. */
    boolean isTestOnly(String module) {
        return needs(module, false).isEmpty() && !needs(module, true).isEmpty();
    }

    /** The modules that a module names in its pom: for its main code, or for its tests. */
    Set<String> needs(String module, boolean forTests) {
        Set<String> needs = new LinkedHashSet<>();
        for (Element dependency : children(child(pomOf(module), "dependencies"))) {
            String artifact = child(dependency, "artifactId").getTextContent().strip();
            boolean isTest = children(dependency).stream()
                    .anyMatch(child -> child.getTagName().equals("scope")
                            && child.getTextContent().strip().equals("test"));
            if (artifact.startsWith(PREFIX) && isTest == forTests) {
                needs.add(ofArtifact(artifact));
            }
        }
        return needs;
    }

    /** The dependencies that a module declares as optional, with their groups. */
    Set<String> optional(String module) {
        Set<String> optional = new LinkedHashSet<>();
        for (Element dependency : children(child(pomOf(module), "dependencies"))) {
            if (children(dependency).stream()
                    .anyMatch(child -> child.getTagName().equals("optional"))) {
                optional.add(text(dependency, "groupId") + ":" + text(dependency, "artifactId"));
            }
        }
        return optional;
    }

    private static String text(Element parent, String name) {
        return child(parent, name).getTextContent().strip();
    }

    /** The arrows that leave a module, without those that follow from others. */
    Set<String> arrows(String module) {
        Set<String> arrows = needs(module, isTestOnly(module));
        Set<String> further = new LinkedHashSet<>();
        arrows.forEach(each -> further.addAll(reachable(each)));
        arrows.removeAll(further);
        return arrows;
    }

    private Set<String> reachable(String module) {
        Set<String> reachable = new LinkedHashSet<>();
        for (String next : needs(module, false)) {
            reachable.add(next);
            reachable.addAll(reachable(next));
        }
        return reachable;
    }

    private String ofArtifact(String artifact) {
        return names().stream()
                .filter(name -> child(pomOf(name), "artifactId")
                        .getTextContent()
                        .strip()
                        .equals(artifact))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no module has the artifact " + artifact));
    }

    private Element pomOf(String module) {
        Element pom = poms.get(module);
        if (pom == null) {
            throw new AssertionError("no module is called " + module);
        }
        return pom;
    }
}
