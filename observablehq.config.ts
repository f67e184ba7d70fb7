export default {
  root: "src",
  output: "dist",
  title: "Malaria Detection",
  pages: [
    {name: "Dataset", path: "/pages/dataset"},
    {name: "Augmentation", path: "/pages/augmentation"},
    {name: "Training", path: "/pages/training"},
    {name: "Evaluation", path: "/pages/evaluation"},
    {name: "Classify", path: "/pages/classify"},
    {name: "Model card", path: "/pages/model-card"}
  ],
  style: "style.css",
  globalStylesheets: [],
  head: "",
  footer: "Malaria Detection. Research and education only; not a medical device."
};
