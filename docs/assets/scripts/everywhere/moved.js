// On a page that has moved: go on to where it stands now, at the place that the address names. Classic script.
(() => {
  const { to } = document.currentScript.dataset;
  location.replace(location.hash ? to.split("#")[0] + location.hash : to);
})();
