/** How the models are called on pages and in the README, by folder under `models/`. */
export const modelTitles: Readonly<Record<string, string>> = {
  resnet34: "ResNet-34",
  student: "Student (distilled)",
  majority: "Majority class",
  colour: "Colour alone (logistic regression)",
  "small-cnn": "Small CNN",
  "random-init": "ResNet-34 from random weights",
  "random-split": "ResNet-34 on a random split"
};
