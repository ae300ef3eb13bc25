package shubbak.peers;

import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The benchmark's diagrams as a Java engine wants them. */
final class Diagram {
  private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";

  private Diagram() {}

  /**
   * Reads a diagram, has each of its user tasks tell its identifier, and writes its conditions, which are names of
   * variables, as the engine's expressions.
   */
  static String read(Path file, Engine engine) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    Document document = factory.newDocumentBuilder().parse(file.toFile());
    for (Element task : elements(document, "userTask")) listen(task, engine);
    for (Element condition : elements(document, "conditionExpression")) {
      condition.setTextContent("${" + condition.getTextContent() + "}");
    }
    StringWriter xml = new StringWriter();
    TransformerFactory.newInstance().newTransformer().transform(new DOMSource(document), new StreamResult(xml));
    return xml.toString();
  }

  private static void listen(Element task, Engine engine) {
    Document document = task.getOwnerDocument();
    Element listener = document.createElementNS(engine.extensions(), "engine:taskListener");
    listener.setAttribute("event", "create");
    listener.setAttribute("class", engine.taskListener().getName());
    Element extensions = document.createElementNS(BPMN, "bpmn:extensionElements");
    extensions.appendChild(listener);
    task.insertBefore(extensions, task.getFirstChild());
  }

  private static List<Element> elements(Document document, String name) {
    NodeList nodes = document.getElementsByTagNameNS(BPMN, name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) elements.add((Element) nodes.item(i));
    return elements;
  }
}
